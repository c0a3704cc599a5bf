// Leaves at once, and so that "back" does not lead here again.
for (const link of document.querySelectorAll("[data-quick-exit]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    // Nothing is to be read while the other page is fetched.
    document.documentElement.hidden = true;
    location.replace(link.href);
  });
}
