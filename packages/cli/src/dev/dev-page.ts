import { asHtmlText } from "@inlay/contract/html-text";
import { pageStyle } from "./page-style.ts";

/**
 * The page of `inlay dev`: what embeds the panel, and the inspector beside it; the inspector alone where nothing is to be
 * shown.
 */
export function devPage(shown: string | undefined, styles: string): string {
	const frame = shown
		? `<iframe id="shown" title="The page with the panel" src="${asHtmlText(shown)}" allow="camera *; microphone *; autoplay *; hid *; clipboard-write *; display-capture *"></iframe>
<div id="divider" role="separator" tabindex="0" aria-orientation="vertical" aria-label="Width of the inspector" aria-valuemin="20" aria-valuemax="80"></div>`
		: "";
	return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>inlay dev</title>
<link rel="icon" href="data:,">
<style>${styles}${pageStyle}</style>
<body data-shows="${shown ? "both" : "inspector"}">
${frame}
<div id="inspector"></div>
<script src="/inspector.js"></script>
</body>
</html>
`;
}
