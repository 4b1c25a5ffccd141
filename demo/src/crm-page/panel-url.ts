/**
 * Address of the panel's frame.
 *
 * @param deploymentUrl as `demo.json` gives it to any host page
 * @param page this page's address; `?as=<user name>` says who is to sign in
 */
export function panelUrl(deploymentUrl: string, page: string): string {
	const { origin, searchParams } = new URL(page);
	const url = new URL(deploymentUrl);
	url.searchParams.set("crm_domain", origin);
	const userName = searchParams.get("as");
	if (userName) url.searchParams.set("login_hint", userName);
	return url.href;
}
