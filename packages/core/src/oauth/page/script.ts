/** By this header a framed page asks for an answer that it can put into its own place. */
export const stayHeader = "inlay-stay";

/**
 * The pages' script: shows the password on demand, prevents a second submit, signs a demo user in whom the link names.
 * In a frame it sends the form itself, and opens a window for identity providers. Everything else works without it too. One constant, so that its hash can stand in the
 * page's content security policy.
 */
export const script = `
{
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
let direct = false;
/* In a frame: the answer takes this page's place, and the history of the page around stays as it was. */
async function stay(form, submitter) {
	const fields = new URLSearchParams(new FormData(form, submitter));
	let answer;
	try {
		answer = await fetch(form.action, { method: "POST", body: fields, headers: { "${stayHeader}": "1" } });
	} catch {
		direct = true;
		sent = false;
		return form.requestSubmit(submitter);
	}
	if (String(answer.headers.get("content-type")).startsWith("application/json")) {
		const next = (await answer.json()).location;
		if (next) return location.replace(next);
		sent = false;
		return form.submit();
	}
	const page = await answer.text();
	window.stayed = true;
	document.open();
	document.write(page);
	document.close();
}
for (const form of document.forms) {
	form.addEventListener("submit", (event) => {
		if (sent) return event.preventDefault();
		sent = true;
		if (window.top !== window && !direct) {
			event.preventDefault();
			void stay(form, event.submitter);
		}
		if (!submit || !form.contains(submit)) return;
		submit.textContent = submit.dataset.busy;
		submit.setAttribute("aria-disabled", "true");
	});
}
/* An identity provider in a window of its own; what comes of it goes on here. */
const ways = document.querySelector(".ways");
let opened;
let watching;
/* Where there are many providers in a small frame it stands below what is seen. */
const say = (text) => {
	byId("window").textContent = text;
	byId("window").scrollIntoView({ block: "nearest" });
};
if (ways && window.top !== window) {
	for (const way of ways.querySelectorAll("a")) {
		way.addEventListener("click", (event) => {
			event.preventDefault();
			opened = window.open(way.href + "&window=1", "inlay-sign-in-provider", "popup,width=520,height=720");
			say(opened ? ways.dataset.waiting : ways.dataset.blocked);
			clearInterval(watching);
			/* Also of one that a page on its way has cut off from this one: nothing comes of it here. */
			if (opened) watching = setInterval(() => {
				if (!opened.closed) return;
				clearInterval(watching);
				say(ways.dataset.closed);
			}, 1000);
		});
	}
	addEventListener("message", (event) => {
		if (event.origin !== location.origin || !opened || event.source !== opened) return;
		const next = event.data?.inlaySignIn;
		if (typeof next !== "string") return;
		clearInterval(watching);
		opened.postMessage({ inlaySignInTaken: true }, location.origin);
		location.replace(next);
	});
}
const handed = document.querySelector("[data-hand-over]");
if (handed) {
	const lost = () => (handed.textContent = handed.dataset.lost);
	const late = setTimeout(lost, window.opener ? 5000 : 0);
	addEventListener("message", (event) => {
		if (event.origin !== location.origin || event.source !== window.opener || !event.data?.inlaySignInTaken) return;
		clearTimeout(late);
		handed.textContent = handed.dataset.done;
		window.close();
	});
	if (window.opener) window.opener.postMessage({ inlaySignIn: handed.dataset.handOver }, location.origin);
}
addEventListener("pageshow", () => {
	sent = false;
	if (!submit) return;
	submit.textContent = idleText;
	submit.removeAttribute("aria-disabled");
});
if (window.top === window || window.stayed) {
	const fields = [byId("username"), password, byId("code")];
	const empty = fields.find((field) => field && !field.value);
	if (empty) empty.focus();
}
}
`;
