/** Loaded before tests of scripts: what they import of Inlay is found beside this command, where their folder has none of it. */
import { registerHooks } from "node:module";

registerHooks({
	resolve: (specifier, context, nextResolve) => {
		if (!/^@inlay\/(?:framework|cli)(?:\/|$)/.test(specifier)) return nextResolve(specifier, context);
		try {
			return nextResolve(specifier, context);
		} catch {
			return nextResolve(specifier, { ...context, parentURL: import.meta.url });
		}
	},
});
