/**
 * Address of the panel's frame.
 *
 * @param deploymentUrl as `demo.json` gives it to any host page
 * @param page this page's address; `?as=<user name>` says who is to sign in, `?framework=<address>` that the panel runs a
 * script from the machine of whoever writes it (docs/developing.md), where panel and deployment allow it
 */
export function panelUrl(deploymentUrl: string, page: string): string {
	const { origin, searchParams } = new URL(page);
	const url = new URL(deploymentUrl);
	url.searchParams.set("crm_domain", origin);
	const userName = searchParams.get("as");
	if (userName) url.searchParams.set("login_hint", userName);
	const framework = searchParams.get("framework");
	if (framework) {
		url.searchParams.set("crm", "framework-local-secure");
		url.searchParams.set("framework", framework);
	}
	return url.href;
}
