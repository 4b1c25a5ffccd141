/** Rules of a public deployment's review (framework-contract 11). */
import type { Rule } from "../rule.ts";

/** Regions whose client ids a reviewed, public deployment must bring (framework-contract 1.3). */
const reviewedRegions = [
	"cac1.pure.cloud",
	"mypurecloud.com",
	"usw2.pure.cloud",
	"aps1.pure.cloud",
	"apne2.pure.cloud",
	"mypurecloud.com.au",
	"mypurecloud.jp",
	"mypurecloud.ie",
	"mypurecloud.de",
	"euw2.pure.cloud",
];

export const reviewAttributes: Rule = {
	code: "review.attributes.empty",
	severity: "error",
	review: "only",
	check: ({ config }) => {
		const names = config?.entries.get("customInteractionAttributes")?.value;
		if (names?.kind !== "array" || names.items.length > 0) return [];
		const path = "config.customInteractionAttributes";
		return [{ at: names.node, message: "Name at least one attribute.", path }];
	},
};

export const reviewRegions: Rule = {
	code: "review.regions.missing",
	severity: "error",
	review: "only",
	check: ({ config }) => {
		const ids = config?.entries.get("clientIds")?.value;
		if (ids?.kind !== "object" || ids.open) return [];
		const present = new Set([...ids.entries.keys()].map((key) => key.trim().toLowerCase()));
		const missing = reviewedRegions.filter((region) => !present.has(region));
		if (missing.length === 0) return [];
		return [{ at: ids.node, message: `Add client ids for ${missing.join(", ")}.`, path: "config.clientIds" }];
	},
};
