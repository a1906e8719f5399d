// Answer in place: the row is redrawn, and what cannot be sent stays on this device until it can.
"use strict";

const words = document.getElementById("answer-words").dataset;

const keyOf = (form) => `rollcall:answer:${form.dataset.key}`;

const fieldsOf = (form) => [...form.elements].filter((field) => field.name && !["hidden", "file"].includes(field.type));

function keep(form) {
  const typed = Object.fromEntries(fieldsOf(form).map((field) => [field.name, field.value]));
  const file = form.querySelector("input[type=file]");
  try {
    localStorage.setItem(keyOf(form), JSON.stringify({ typed, file: Boolean(file && file.files.length) }));
  } catch {
    // Without storage the page itself still has what was typed.
  }
}

function forget(form) {
  try {
    localStorage.removeItem(keyOf(form));
  } catch {
    // Nothing was kept.
  }
}

function say(form, said, isAgain) {
  form.querySelector(".unsent")?.remove();
  const label = document.createElement("p");
  label.className = "unsent";
  label.setAttribute("role", "status");
  label.textContent = said;
  form.prepend(label);
  const button = form.querySelector("button");
  button.dataset.words ??= button.textContent;
  button.textContent = isAgain ? words.again : button.dataset.words;
}

function restore(form) {
  let kept = null;
  try {
    kept = JSON.parse(localStorage.getItem(keyOf(form)));
  } catch {
    return;
  }
  if (!kept) return;
  for (const field of fieldsOf(form)) {
    if (!field.value && kept.typed[field.name]) field.value = kept.typed[field.name];
  }
  const details = form.closest("details");
  if (details) details.open = true;
  say(form, kept.file ? `${words.unsent} ${words.fileAgain}` : words.unsent, true);
}

function isTooLarge(form) {
  const file = form.querySelector("input[type=file]");
  return Boolean(file && [...file.files].some((each) => each.size > Number(words.most)));
}

async function send(form) {
  keep(form);
  const button = form.querySelector("button");
  button.dataset.words ??= button.textContent;
  button.textContent = words.sending;
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "X-Row": "yes" } });
  } catch {
    say(form, words.unsent, true);
    return;
  }
  if (!answer.headers.has("X-Row")) {
    // A lapsed link, a lost login: the page that says so shows what was typed, and it stays kept here.
    form.submit();
    return;
  }
  forget(form);
  const row = form.closest("[data-row]");
  if (row) {
    redraw(row, await answer.text());
  } else if (answer.ok) {
    location.assign(form.dataset.after);
  } else {
    form.submit(); // nothing was taken; sent again, the whole page says why
  }
}

function redraw(row, text) {
  const made = document.createElement("template");
  made.innerHTML = text;
  const fresh = made.content.querySelector("[data-row]");
  row.replaceWith(fresh);
  (fresh.querySelector("[aria-invalid]") ?? fresh.querySelector("a")).focus();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!("answer" in form.dataset) || event.defaultPrevented) return;
  event.preventDefault();
  if (isTooLarge(form)) {
    delete form.dataset.sending;
    say(form, words.tooLarge, false);
    return;
  }
  send(form).finally(() => delete form.dataset.sending);
});

for (const form of document.querySelectorAll("form[data-answer]")) restore(form);
