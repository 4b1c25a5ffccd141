/**
 * The original's page, as far as customers' scripts lean on it (framework-contract 11.1): jQuery, a minimal
 * `angular.element`, and the names of its parts. For deployments that ask for it (`pageCompatibility`); nobody else loads it.
 */
import "./compat.css";
import type { PageNames } from "../shell/page-names.ts";
import { LegacyControl } from "./legacy-control.tsx";
import { Marks } from "./marks.ts";
import { makeScope } from "./scope.ts";

/** Puts it on the page; to be done before the script runs. */
export async function install(page: Window): Promise<PageNames> {
	const { default: jQuery } = await import("jquery/dist/jquery.min.js");
	const scope = makeScope(new Marks(page.document));
	const injected = { get: () => scope, invoke: () => undefined, has: () => true };
	Object.assign(jQuery.fn, {
		scope: () => scope,
		isolateScope: () => scope,
		controller: () => scope,
		injector: () => injected,
	});
	Object.assign(page, {
		$: jQuery,
		jQuery,
		angular: { element: jQuery, version: { full: "1.0.0", major: 1, minor: 0 } },
	});
	return { Control: LegacyControl };
}
