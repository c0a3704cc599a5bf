// Tells that there is something new in what is open, and leaves it to the reader when to see it: nothing moves, and no focus.
// What she has typed is kept as a draft on the way. A line that breaks is not mended by itself: asking again would count as
// her doing something.
const box = document.querySelector("[data-live]");
const listen = () => {
  const source = new EventSource(box.dataset.live);
  const close = () => source.close();
  source.addEventListener("end", close);
  source.addEventListener("error", close);
  source.addEventListener("new", () => {
    close();
    box.append(box.querySelector("template").content.cloneNode(true));
  });
};
box?.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  const typed = [...document.querySelectorAll("main textarea")].find((area) => area.value !== area.defaultValue);
  const save = typed?.form?.querySelector('[name="then"][value="save"]');
  if (!link || !save) return;
  event.preventDefault();
  typed.form.requestSubmit(save);
});
if (box) listen();
