// Buttons with data-opens="id" open that dialog; the browser itself keeps the focus inside and closes it by Esc.
export const dialogs = (): void => {
  document.addEventListener("click", (event) => {
    const opener = (event.target as Element).closest<HTMLElement>("[data-opens]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset["opens"] ?? "");
      if (dialog instanceof HTMLDialogElement) dialog.showModal();
    } else if (event.target instanceof HTMLDialogElement && event.target.matches(".dialog")) {
      event.target.close(); // a click on the backdrop lands on the dialog itself
    }
  });
};
