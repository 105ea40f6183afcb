/* On to the newest edition, with what the address asks for and points at. */
"use strict";
location.replace(document.querySelector("a").href + location.search + location.hash);
