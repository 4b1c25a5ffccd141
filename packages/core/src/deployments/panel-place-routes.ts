import { noPermission, type Route, route, writeScope } from "../kernel/http/route.ts";

/** What somebody who sets a deployment up has to know of this server. */
export interface PanelPlace {
	/** Origin of all panels: their addresses and redirect URIs begin with it. */
	url: string;
	/** Key under which this server's client id stands in `Framework.config.clientIds`. */
	region: string;
}

/** Where the panels of this server are, for those who write addresses and scripts. */
export function panelPlaceRoutes({ panelUrl, region }: { panelUrl: string; region: string }): Route[] {
	return [
		route({
			method: "GET",
			path: "/api/inlay/v1/panel",
			operationId: "getInlayPanel",
			summary: "Where panels are reached, and the region under which framework.js names its client.",
			permission: noPermission,
			scope: writeScope("user-basic-info"),
			success: { status: 200, description: "url: origin of the panels; region: key in config.clientIds." },
			handler: (): PanelPlace => ({ url: panelUrl, region }),
		}),
	];
}
