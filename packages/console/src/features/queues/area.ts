import { needs } from "../../session/needs.ts";
import { area } from "../../shell/area.ts";

export const queuesArea = area({
	path: "queues",
	one: "queue",
	add: "new-queue",
	need: needs.viewQueues,
	entry: { text: "queues", icon: "hold", group: "contactCenter" },
	screens: () => import("./screens.tsx"),
});
