/** The demo's pages and the panel are on the ports behind the API's, unless whoever runs the server has said otherwise. */
const behind = { crm: 1, customer: 2, panel: 3 } as const;

/** Origin of one of them. @param api address of the API */
export function besideApi(api: URL, page: keyof typeof behind): string {
	const port = Number(api.port || (api.protocol === "https:" ? 443 : 80)) + behind[page];
	return `${api.protocol}//${api.hostname}:${port}`;
}
