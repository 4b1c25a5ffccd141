import "./home.css";
import type { HomePart } from "@inlay/contract/home";
import { Banner, EmptyState } from "@inlay/ui";
import { useEffect } from "preact/hooks";
import { Screen } from "../../shell/parts.tsx";
import { hrefOf } from "../../shell/router.ts";
import { DeploymentsSection } from "./deployments-section.tsx";
import type { HomeModel } from "./home-model.ts";
import { NowSection } from "./now-section.tsx";
import { StepsSection } from "./steps-section.tsx";
import { t } from "./strings.ts";
import { TroublesSection } from "./troubles-section.tsx";

const shown: readonly HomePart[] = ["deployments", "queues", "troubles"];

/** The console's first page: what to do next, what goes on now, and what agents meet. */
export function HomeScreen({ model }: { model: HomeModel }) {
	useEffect(() => model.open(), [model]);
	const seesAny = shown.some((part) => model.sees(part));
	return (
		<Screen title={t("title")} lead={t("lead")}>
			{model.channel.state.value === "lost" && <Banner tone="warn">{t("lost")}</Banner>}
			<Errors model={model} />
			<StepsSection model={model} />
			{model.sees("queues") && <NowSection model={model} />}
			{model.sees("deployments") && <DeploymentsSection model={model} />}
			{model.sees("troubles") && <TroublesSection model={model} />}
			{!seesAny && (
				<div class="ui-card">
					<EmptyState icon="shield" title={t("nothing")}>
						<p>{t("nothingHint")}</p>
					</EmptyState>
				</div>
			)}
		</Screen>
	);
}

/** The worst of what Health has found leads there. */
function Errors({ model }: { model: HomeModel }) {
	const count = model.errors().length;
	if (count === 0) return null;
	return (
		<Banner tone="bad">
			<a href={hrefOf({ screen: "health" })}>{t("errors", { count })}</a>
		</Banner>
	);
}
