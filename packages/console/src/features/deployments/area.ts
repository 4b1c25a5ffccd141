import { needs } from "../../session/needs.ts";
import { area } from "../../shell/area.ts";

export const deploymentsArea = area({
	path: "deployments",
	one: "deployment",
	add: "new-deployment",
	need: needs.viewDeployments,
	entry: { text: "deployments", icon: "headset", group: "integrations" },
	screens: () => import("./screens.tsx"),
});
