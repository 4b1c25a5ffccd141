import { needs } from "../../session/needs.ts";
import { area } from "../../shell/area.ts";

export const auditArea = area({
	path: "audit",
	need: needs.viewAudits,
	entry: { text: "audit", icon: "log", group: "overview" },
	screens: () => import("./screens.tsx"),
});
