// What only the browser can do: its time zone, keys, scrolling, the clipboard.

export function timeZone() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

export async function copyText(text) {
  await navigator.clipboard.writeText(text);
}

export function downloadText(fileName, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(link.href);
}

// Keys that lead somewhere from anywhere, unless they are being typed.

let shortcuts = null;

export function listenForShortcuts(dotnet) {
  forgetShortcuts();
  const listener = event => {
    if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event)) return;
    if (event.key === "/") focusSearch(event);
    else if (event.key === "p") clickOn(".pause");
    else if (event.key === "Escape") clickOn(".details-close");
    else if ("rcltm?".includes(event.key)) dotnet.invokeMethodAsync("PressedAsync", event.key);
  };
  document.addEventListener("keydown", listener);
  shortcuts = listener;
}

export function forgetShortcuts() {
  if (shortcuts) document.removeEventListener("keydown", shortcuts);
  shortcuts = null;
}

function isTyping(event) {
  const target = event.composedPath()[0];
  return target instanceof HTMLElement
    && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.closest("fluent-dialog[open], [role=listbox], [role=menu]") !== null);
}

function focusSearch(event) {
  const search = document.querySelector(".page-header .search input");
  if (!search) return;
  event.preventDefault();
  search.focus();
}

function clickOn(selector) {
  document.querySelector(selector)?.click();
}

// Lists: arrows move between rows; whoever scrolls away from the top is not pushed about by new rows.

const lists = new WeakMap();

export function startList(body, dotnet) {
  const state = { away: false, onKey: event => moveInList(body, event), onScroll: null };
  body.addEventListener("keydown", state.onKey);
  if (dotnet) {
    state.onScroll = () => {
      const away = body.scrollTop > 8;
      if (away === state.away) return;
      state.away = away;
      dotnet.invokeMethodAsync("SetAwayAsync", away);
    };
    body.addEventListener("scroll", state.onScroll, { passive: true });
  }
  lists.set(body, state);
}

export function stopList(body) {
  const state = body && lists.get(body);
  if (!state) return;
  body.removeEventListener("keydown", state.onKey);
  if (state.onScroll) body.removeEventListener("scroll", state.onScroll);
  lists.delete(body);
}

export function scrollToTop(body) {
  body.scrollTop = 0;
}

function moveInList(body, event) {
  const row = event.target.closest(".row");
  switch (event.key) {
    case "ArrowDown": focusRow(row ? neighbour(row, "nextElementSibling") : body.querySelector(".row")); break;
    case "ArrowUp": focusRow(row && neighbour(row, "previousElementSibling")); break;
    case "Home": body.scrollTop = 0; focusWhenDrawn(body, rows => rows[0]); break;
    case "End": body.scrollTop = body.scrollHeight; focusWhenDrawn(body, rows => rows[rows.length - 1]); break;
    case "ArrowLeft": fold(row, "true"); break;
    case "ArrowRight": fold(row, "false"); break;
    case "Enter": if (event.target === row) row.click(); return;
    default: return;
  }
  event.preventDefault();
}

function neighbour(row, direction) {
  const next = row[direction];
  return next?.classList.contains("row") ? next : null;
}

function focusRow(row) {
  if (!row) return;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function focusWhenDrawn(body, choose) {
  setTimeout(() => focusRow(choose(body.querySelectorAll(".row"))), 120);
}

function fold(row, expanded) {
  row?.querySelector(`.fold[aria-expanded="${expanded}"]`)?.click();
}

// The console follows its end until one scrolls up.

export function stickToBottom(view) {
  let atEnd = true;
  view.addEventListener("scroll", () => { atEnd = view.scrollHeight - view.scrollTop - view.clientHeight < 24; }, { passive: true });
  new MutationObserver(() => { if (atEnd) view.scrollTop = view.scrollHeight; }).observe(view, { childList: true, subtree: true, characterData: true });
  view.scrollTop = view.scrollHeight;
}
