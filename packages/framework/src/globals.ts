/**
 * The two globals of a `framework.js`, for editors: put `/// <reference types="@inlay/framework/globals" />` on top of a
 * script, or import this file for its effect on types.
 */
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
