import { needs } from "../../session/needs.ts";
import { area } from "../../shell/area.ts";
import { isPlace } from "./kind-names.ts";

export const outboundArea = area({
	path: "outbound",
	one: "outbound-thing",
	has: isPlace,
	need: needs.viewOutbound,
	entry: { text: "outbound", icon: "phone", group: "contactCenter" },
	screens: () => import("./screens.tsx"),
});
