"use strict";
// A page that shows work in progress looks again after a while.
const waiting = document.querySelector("[data-reload]");
if (waiting) setTimeout(() => window.location.reload(), Number(waiting.dataset.reload));
