// Send forms without leaving the page, and keep on this device what cannot be sent until it can.
"use strict";

const words = document.getElementById("answer-words").dataset;

const KEPT = "rollcall:typed:";
const TEXTS = ["text", "textarea", "date"]; // what else a field may be is kept nowhere, a password least of all

const keyOf = (form) => KEPT + form.dataset.keep;

const fieldsOf = (form) => [...form.elements].filter((field) => field.name && TEXTS.includes(field.type));

// `told` is where a page says that the form was carried out, of a form that went to the server by itself.
function keep(form, told = null) {
  const typed = Object.fromEntries(fieldsOf(form).map((field) => [field.name, field.value]));
  const file = form.querySelector("input[type=file]");
  try {
    localStorage.setItem(keyOf(form), JSON.stringify({ typed, file: Boolean(file && file.files.length), told }));
  } catch {
    // Without storage the page itself still has what was typed.
  }
}

function forget(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing was kept.
  }
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
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
  const kept = read(keyOf(form));
  if (!kept) return;
  for (const field of fieldsOf(form)) {
    if (!field.value && kept.typed[field.name]) field.value = kept.typed[field.name];
  }
  const details = form.closest("details");
  if (details) details.open = true;
  say(form, kept.file ? `${words.kept} ${words.fileAgain}` : words.kept, true);
}

// What was wrong with the form when it was sent before is not what is wrong with it now.
function clearFaults(form) {
  for (const fault of form.querySelectorAll(".fault")) fault.remove();
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
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
  const headers = "inPlace" in form.dataset ? { "X-Row": "yes" } : {};
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers });
  } catch {
    say(form, words.unsent, true);
    return;
  }
  if (answer.status === 503) {
    say(form, words.kept, true);
  } else if (answer.headers.has("X-Row")) {
    await showAnswer(form, answer);
  } else if (answer.redirected && answer.url.includes("told=")) {
    forget(keyOf(form));
    location.assign(answer.url);
  } else {
    // The page that says why it was refused shows what was typed. After a lapsed link or a lost login it also
    // stays kept here, until a page says that it was carried out after all.
    if (answer.status === 422) forget(keyOf(form));
    else keep(form, form.dataset.told);
    form.submit();
  }
}

async function showAnswer(form, answer) {
  forget(keyOf(form));
  const row = form.closest("[data-row]");
  if (row) {
    redraw(row, await answer.text());
  } else if (answer.ok) {
    location.assign(form.dataset.told);
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

function forgetWhatWasTold() {
  const here = location.pathname + location.search;
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(KEPT));
    for (const key of keys) if (read(key)?.told === here) forget(key);
  } catch {
    // Nothing was kept.
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!("keep" in form.dataset) || event.defaultPrevented) return;
  event.preventDefault();
  if (isTooLarge(form)) {
    delete form.dataset.sending;
    clearFaults(form);
    say(form, words.tooLarge, false);
    return;
  }
  send(form).finally(() => delete form.dataset.sending);
});

forgetWhatWasTold();
for (const form of document.querySelectorAll("form[data-keep]")) restore(form);
