import "./cobrowse.css";
import { useEffect } from "preact/hooks";
import type { WindowPartView } from "../../shell/feature.ts";
import { t } from "./strings.ts";
import { answerViewers, viewerUrl } from "./viewer-window.ts";

/** The customer's page, in the interaction window: a document of its own, which asks here for its secret. */
export function CobrowseWindow({ workspace, call, page }: WindowPartView) {
	useEffect(() => answerViewers(page, call.id, workspace), [page, call.id]);
	return (
		<iframe class="cobrowse-viewer" title={t("viewTitle")} src={viewerUrl(call.id)} data-cobrowse-viewer={call.id} />
	);
}
