// On a phone the navigation is one line that scrolls: it opens at the page one is on.
const nav = document.querySelector(".bo-nav");
const current = nav?.querySelector("[aria-current]");
if (current) nav.scrollLeft += current.getBoundingClientRect().left - nav.getBoundingClientRect().left - 16;
