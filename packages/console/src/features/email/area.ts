import { needs } from "../../session/needs.ts";
import { area } from "../../shell/area.ts";

const screens = () => import("./screens.tsx");

export const emailsArea = area({
	path: "emails",
	one: "email-address",
	add: "new-email-address",
	need: needs.viewEmail,
	entry: { text: "emails", icon: "edit", group: "contactCenter" },
	screens,
});

export const emailDomainsArea = area({
	path: "email-domains",
	one: "email-domain",
	add: "new-email-domain",
	need: needs.viewEmail,
	screens,
});
