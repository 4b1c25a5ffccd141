/**
 * The pages' script: shows the password on demand, prevents a second submit, signs a demo user in whom the link names.
 * Everything works without it too. One constant, so that its hash can stand in the page's content security policy.
 */
export const script = `
"use strict";
const byId = (id) => document.getElementById(id);
const password = byId("password");
const reveal = byId("reveal");
if (reveal && password) {
	reveal.hidden = false;
	reveal.addEventListener("click", () => {
		const show = password.type === "password";
		password.type = show ? "text" : "password";
		reveal.textContent = show ? reveal.dataset.hide : reveal.dataset.show;
		reveal.setAttribute("aria-pressed", String(show));
	});
}
const submit = byId("submit");
const idleText = submit && submit.textContent;
let sent = false;
for (const form of document.forms) {
	form.addEventListener("submit", (event) => {
		if (sent) return event.preventDefault();
		sent = true;
		if (!submit || !form.contains(submit)) return;
		submit.textContent = submit.dataset.busy;
		submit.setAttribute("aria-disabled", "true");
	});
}
addEventListener("pageshow", () => {
	sent = false;
	if (!submit) return;
	submit.textContent = idleText;
	submit.removeAttribute("aria-disabled");
});
if (window.top === window) {
	const fields = [byId("username"), password, byId("code")];
	const empty = fields.find((field) => field && !field.value);
	if (empty) empty.focus();
}
const chosen = document.querySelector("button[data-auto]");
if (chosen) chosen.click();
`;
