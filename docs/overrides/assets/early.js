/* Before the first paint: light or dark, as the reader chose or the system says. What the theme remembers is remembered for the whole site. */
"use strict";
var __md_scope = new URL("../../", document.currentScript.src);
var __md_get = (key, storage = localStorage, scope = __md_scope) => JSON.parse(storage.getItem(`${scope.pathname}.${key}`));
var __md_set = (key, value, storage = localStorage, scope = __md_scope) => {
  try { storage.setItem(`${scope.pathname}.${key}`, JSON.stringify(value)); } catch { /* nothing may be stored */ }
};
{
  let colour = null;
  try { colour = __md_get("__palette")?.color; } catch { /* nothing may be read */ }
  if (!colour || colour.media === "(prefers-color-scheme)") colour = { scheme: matchMedia("(prefers-color-scheme: light)").matches ? "default" : "slate" };
  document.body.dataset.mdColorScheme = colour.scheme;
}
