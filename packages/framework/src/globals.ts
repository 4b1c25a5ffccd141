/** The two globals of a `framework.js`, for editors: who imports `@inlay/framework`, for a type or for `defineFramework`, has them. */
import type { FrameworkScript } from "./framework-script.ts";
import type { InlayApi } from "./inlay-api.ts";
import type { PureCloudActions } from "./pure-cloud.ts";

declare global {
	interface Window {
		Framework?: FrameworkScript;
		PureCloud?: PureCloudActions & { Inlay: InlayApi };
	}
	var Framework: FrameworkScript | undefined;
	var PureCloud: PureCloudActions & { Inlay: InlayApi };
}
