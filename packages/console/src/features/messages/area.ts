import { needs } from "../../session/needs.ts";
import { area } from "../../shell/area.ts";

export const messagesArea = area({
	path: "messages",
	one: "message-address",
	add: "new-message-address",
	need: needs.viewMessageAddresses,
	entry: { text: "messages", icon: "inbox", group: "contactCenter" },
	screens: () => import("./screens.tsx"),
});
