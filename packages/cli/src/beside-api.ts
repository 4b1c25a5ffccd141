/** The demo's pages are on the ports behind the API's. */
const behind = { crm: 1, customer: 2 } as const;

/** Origin of one of the demo's pages. @param api address of the API */
export function besideApi(api: URL, page: keyof typeof behind): string {
	const port = Number(api.port || (api.protocol === "https:" ? 443 : 80)) + behind[page];
	return `${api.protocol}//${api.hostname}:${port}`;
}
