// Leaves at once, and so that "back" does not lead here again. The victims' session ends with it: whoever goes further back
// finds the entrance.
const out = document.querySelector('form[action="/auth/message/sign-out"]');
for (const link of document.querySelectorAll("[data-quick-exit]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    // Nothing is to be read while the other page is fetched.
    document.documentElement.hidden = true;
    if (out) {
      fetch(out.action, { method: "POST", body: new URLSearchParams(), keepalive: true, redirect: "manual" }).catch(() => {});
    }
    location.replace(link.href);
  });
}
