import { asHtmlText } from "@inlay/contract/html-text";
import { script } from "./script.ts";
import { fill, type SignInStrings } from "./strings.ts";
import { style } from "./style.ts";

const mark = `<svg class="mark" viewBox="0 0 40 40" aria-hidden="true"><rect width="40" height="40" rx="11" fill="currentColor"/><path d="M13 12h14v5H22.5v6H27v5H13v-5h4.5v-6H13z" fill="var(--on-accent)"/></svg>`;

/** A whole page around its content. */
export function frame(strings: SignInStrings, title: string, content: string): string {
	return `<!doctype html>
<html lang="${strings.language}" dir="${strings.language === "ar" ? "rtl" : "ltr"}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${asHtmlText(title)} · Inlay</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 40'%3E%3Crect width='40' height='40' rx='11' fill='%231f5fd0'/%3E%3Cpath d='M13 12h14v5H22.5v6H27v5H13v-5h4.5v-6H13z' fill='%23fff'/%3E%3C/svg%3E">
<style>${style}</style>
</head>
<body>
<main><div class="inner">
${mark}
${content}
</div></main>
<script>${script}</script>
</body>
</html>
`;
}

/** A page that says one thing: why nobody can sign in, or that somebody is signed out. */
export function messagePage(strings: SignInStrings, title: string, text: string): string {
	return frame(strings, title, `<h1>${asHtmlText(title)}</h1>\n<p>${asHtmlText(text)}</p>`);
}

/** What every page of a sign-in has. */
export interface StepPage {
	strings: SignInStrings;
	clientName: string;
	/** Host to which the sign-in leads, when it is neither this server's nor the panel's. */
	returnsTo?: string;
	/** Signed request and progress; travels through the form. */
	ticket: string;
	/** What went wrong with the attempt before, as a sentence. */
	problem?: string;
}

/** A page of a sign-in: heading, what it is about, what went wrong, the form. */
export function stepPage(page: StepPage, title: string, lead: string, content: string): string {
	const { strings, problem, returnsTo } = page;
	return frame(
		strings,
		title,
		`<h1>${asHtmlText(title)}</h1>
<p class="muted">${asHtmlText(fill(lead, { client: page.clientName }))}</p>
${returnsTo ? `<p id="returns">${asHtmlText(fill(strings.returnsTo, { host: returnsTo }))}</p>` : ""}
${problem ? `<p class="problem" role="alert" id="problem">${asHtmlText(problem)}</p>` : ""}
${content}`,
	);
}

/** A form that sends its fields back. Its address is relative, so the page works behind any path prefix (platform-api 1.1). */
export function form(
	{ strings, ticket }: StepPage,
	fields: string,
	action: string = strings.submit,
	main = true,
): string {
	const id = main ? ' id="submit"' : "";
	return `<form method="post" action="authorize">
<input type="hidden" name="ticket" value="${asHtmlText(ticket)}">
${fields}
<button class="main"${id} type="submit" data-busy="${asHtmlText(strings.busy)}">${asHtmlText(action)}</button>
</form>`;
}

/** Attributes of a field that `problem` is about. */
export function describedByProblem({ problem }: StepPage): string {
	return problem ? ' aria-invalid="true" aria-describedby="problem"' : "";
}

/** A password field with a button that shows what was typed. */
export function secretField(
	page: StepPage,
	field: { name: string; label: string; autocomplete: "current-password" | "new-password"; described: string },
): string {
	const { strings } = page;
	const { name, label, autocomplete, described } = field;
	return `<div class="row secret"><label for="password">${asHtmlText(label)}</label>
<input id="password" name="${name}" type="password" autocomplete="${autocomplete}" maxlength="256" required${described}>
<button class="reveal" id="reveal" type="button" hidden aria-pressed="false" aria-controls="password" data-show="${asHtmlText(strings.showPassword)}" data-hide="${asHtmlText(strings.hidePassword)}">${asHtmlText(strings.showPassword)}</button></div>`;
}
