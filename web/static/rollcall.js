// Pages work without this file; with it they are quicker to use.
"use strict";

// A second click on a button that is already sending does nothing. What only asks may be asked again: a file that was
// taken away leaves the page as it is.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sending) {
    event.preventDefault();
    return;
  }
  form.dataset.sending = "yes";
});

// Going back shows the form as it was; it may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sending;
});
