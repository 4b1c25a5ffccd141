import { needs } from "../../session/needs.ts";
import { area } from "../../shell/area.ts";

export const forwardingArea = area({
	path: "forwarding",
	need: needs.viewForwarding,
	entry: { text: "forwarding", icon: "outgoing", group: "telephony" },
	screens: () => import("./screens.tsx"),
});
