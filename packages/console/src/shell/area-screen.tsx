import { Button, EmptyState, Spinner } from "@inlay/ui";
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Area } from "./area.ts";
import { hrefOf, type Route } from "./router.ts";
import type { ScreenModels } from "./screen-models.ts";
import type { ScreenParts, Screens } from "./screens.tsx";
import { t } from "./strings.ts";

/** Screens that have come, by area. Whoever comes again waits for nothing. */
const loaded = signal<ReadonlyMap<Area, Screens>>(new Map());
const failed = signal<Area | undefined>(undefined);

/** Fetches an area's screens; what could not be fetched is tried again with the next call. */
export async function loadArea(area: Area): Promise<void> {
	if (loaded.peek().has(area)) return;
	try {
		const { screens } = await area.screens();
		loaded.value = new Map(loaded.peek()).set(area, screens);
		if (failed.peek() === area) failed.value = undefined;
	} catch {
		failed.value = area;
	}
}

/** The screen that an address names, once its area's part of the console is here. */
export function AreaScreen(props: { area: Area; at: Route; parts: Omit<ScreenParts, "id">; models: ScreenModels }) {
	const { area, at, parts, models } = props;
	useEffect(() => void loadArea(area), [area]);
	const show = loaded.value.get(area)?.[at.screen];
	if (show) return show({ ...parts, id: "id" in at ? at.id : "" }, models, hrefOf(at));
	if (failed.value !== area) return <Spinner label={t("loading")} />;
	return (
		<EmptyState icon="warning" title={t("failedTitle")}>
			<p>{t("partFailed")}</p>
			{/* Some browsers keep the failure for as long as the page lives. */}
			<Button kind="primary" icon="refresh" onClick={() => location.reload()}>
				{t("retry")}
			</Button>
		</EmptyState>
	);
}
