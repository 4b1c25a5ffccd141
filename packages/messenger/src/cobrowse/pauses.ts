import type { ShareSettings } from "./protocol.ts";

/** Whether a page is one that is never shared (`PauseCriteria`). */
export function isNeverShared(href: string, criteria: ShareSettings["pauseCriteria"]): boolean {
	return criteria.some(({ urlFragment, condition }) => {
		if (condition === "includes") return href.includes(urlFragment);
		if (condition === "does_not_include") return !href.includes(urlFragment);
		if (condition === "starts_with") return href.startsWith(urlFragment);
		return condition === "ends_with" ? href.endsWith(urlFragment) : href === urlFragment;
	});
}
