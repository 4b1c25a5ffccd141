import { Banner, Button } from "@inlay/ui";
import { useEffect, useRef } from "preact/hooks";
import { bannerText } from "./banner-strings.ts";
import { t } from "./strings.ts";
import type { Workspace } from "./workspace.ts";

/** Where the sound is, when not here; and what was typed that the server does not have yet. */
export function DeskBanners({ workspace }: { workspace: Workspace }) {
	return (
		<>
			<ElsewhereBanner workspace={workspace} />
			<UnsentBanner workspace={workspace} />
		</>
	);
}

function ElsewhereBanner({ workspace }: { workspace: Workspace }) {
	const { lead } = workspace.session.desk;
	if (lead.state.value !== "elsewhere") return null;
	return (
		<Banner
			tone="info"
			icon="headset"
			action={
				<Button
					size="small"
					data-take-over
					busy={workspace.busy.value.has("lead")}
					onClick={() => void workspace.attempt("lead", () => lead.takeOver())}
				>
					{bannerText("takeOver")}
				</Button>
			}
		>
			<span data-elsewhere>{t("elsewhere")}</span>
		</Banner>
	);
}

function UnsentBanner({ workspace }: { workspace: Workspace }) {
	const unsent = workspace.session.desk.unsent.value;
	const was = useRef(false);
	useEffect(() => {
		if (was.current && !unsent) workspace.toasts.show({ tone: "good", text: bannerText("unsentSaved") }, 3000);
		was.current = unsent;
	}, [unsent]);
	if (!unsent) return null;
	return (
		<Banner tone="warn" icon="edit">
			<span data-unsent>{bannerText("unsent")}</span>
		</Banner>
	);
}
