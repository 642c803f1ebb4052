// A page opened before its visitor had a session (another tab, the browser's arrow) holds no token in its forms; the
// cookie holds the one of today. Without this script the server asks for the page to be loaded again.
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    // By attribute: a field may be called « method » or « action ».
    if (form.getAttribute("method")?.toLowerCase() !== "post") return;
    if (new URL(form.getAttribute("action") || "", location.href).origin !== location.origin) return;
    const token = document.cookie.match(/(?:^|;\s*)csrf=([^;]+)/)?.[1];
    if (!token) return;
    let field = form.querySelector('input[type="hidden"][name="csrf_token"]');
    if (!field) {
      field = document.createElement("input");
      field.type = "hidden";
      field.name = "csrf_token";
      form.prepend(field);
    }
    field.value = token;
  },
  true,
);
