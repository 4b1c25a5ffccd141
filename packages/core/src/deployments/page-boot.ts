import { type PageBoot, pageBootId } from "@inlay/contract";
import { asHtmlText } from "@inlay/contract/html-text";

/**
 * The page with what `boot.json` would answer, and with the script's address, so that the panel has to ask for neither: the
 * browser fetches the script beside the panel's own code. What is said is data, which no policy for scripts concerns.
 */
export function withBoot(html: string, boot: PageBoot): string {
	const { script, deployment } = boot.answer;
	// The frame of an isolated script fetches for itself.
	const preload =
		script && !deployment?.isolation ? `<link rel="preload" as="script" href="${asHtmlText(script.url)}">` : "";
	const data = `<script type="application/json" id="${pageBootId}">${harmless(JSON.stringify(boot))}</script>`;
	// As a function: what the text holds means nothing to the replacement.
	return html.replace("</head>", () => `${preload}${data}</head>`);
}

/** No name or address ends the element. */
function harmless(json: string): string {
	return json.replaceAll("<", "\\u003c").replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}
