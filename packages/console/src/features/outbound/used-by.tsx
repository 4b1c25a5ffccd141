import { useEffect } from "preact/hooks";
import { Load, Section } from "../../shell/parts.tsx";
import { hrefOf } from "../../shell/router.ts";
import { placeOf } from "./kind-names.ts";
import { t } from "./strings.ts";
import type { OutboundThingModel } from "./thing-model.ts";

/** The campaigns that would be met by a change. */
export function UsedBy({ model }: { model: OutboundThingModel }) {
	useEffect(() => void model.users.load(), [model]);
	return (
		<Section title={t("usedBy")}>
			<Load from={model.users}>
				{(campaigns) =>
					campaigns.length === 0 ? (
						<p class="ui-muted">{t("usedByNone")}</p>
					) : (
						<ul class="rows">
							{campaigns.map(({ id, name }) => (
								<li key={id}>
									<a href={hrefOf({ screen: "outbound-thing", id: placeOf("campaigns", id) })}>
										<bdi>{name}</bdi>
									</a>
								</li>
							))}
						</ul>
					)
				}
			</Load>
		</Section>
	);
}
