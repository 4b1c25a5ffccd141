import { addingClient, needs } from "../../session/needs.ts";
import { area } from "../../shell/area.ts";

export const clientsArea = area({
	path: "clients",
	one: "client",
	add: "new-client",
	need: needs.viewClients,
	addNeed: addingClient,
	entry: { text: "clients", icon: "shield", group: "integrations" },
	screens: () => import("./screens.tsx"),
});
