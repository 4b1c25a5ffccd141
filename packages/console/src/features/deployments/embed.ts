import { panelPages, windowPage } from "@inlay/contract";
import { asHtmlText } from "@inlay/contract/html-text";

/**
 * Features that the panel's frame needs from the page around it (framework-contract 1: `hid` is for headset buttons), as
 * docs/deploy-a-panel.md has them.
 */
export const allow =
	"microphone; camera; autoplay; hid; clipboard-write; display-capture; local-network-access; local-network; loopback-network";

/** Where a deployment's panel is. A public one with a partner name has an address of its own. */
export function panelUrl(origin: string, deployment: { id: string; partnerName?: string | undefined }): string {
	if (deployment.partnerName) return `${origin}/crm/${encodeURIComponent(deployment.partnerName)}/index.html`;
	return `${origin}/crm/embeddableFramework.html?deployment=${encodeURIComponent(deployment.id)}`;
}

/** Where a script is tried: a page that has nothing but a deployment's panel, and shows what it is told. */
export function testCrmUrl(panel: string): string {
	return `/admin/test-crm.html?${new URLSearchParams({ panel })}`;
}

/** What to paste into the page of the CRM. */
export function iframeSnippet(url: string, title: string): string {
	return `<iframe src="${asHtmlText(url)}" title="${asHtmlText(title)}" allow="${allow}" width="320" height="640"></iframe>`;
}

/** Addresses to which sign-in returns: the panel's two names and the window of its own (configuration guide, step 8). */
export function panelRedirectUris(origin: string): string[] {
	return [...panelPages, windowPage].map((path) => `${origin}${path}`);
}
