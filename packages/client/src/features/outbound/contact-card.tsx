import "./outbound.css";
import type { OutboundPreview } from "@inlay/contract";
import { isOver, type LiveInteraction } from "../../session/interaction.ts";
import { NotLoaded } from "../../shell/not-loaded.tsx";
import type { Workspace } from "../../shell/workspace.ts";
import { Attempts } from "./attempts.tsx";
import { Deeds } from "./deeds.tsx";
import { Countdown, Numbers } from "./numbers.tsx";
import { t } from "./strings.ts";
import { usePreview } from "./use-preview.ts";

interface Props {
	workspace: Workspace;
	call: LiveInteraction;
}

/** Who is called for which campaign: what is known of them, their numbers, and when they are called by themselves. */
export function ContactCard({ workspace, call }: Props) {
	const { preview, isFailed, load } = usePreview(workspace, call);
	if (isOver(call)) return null;
	if (!preview)
		return (
			<div class="outbound-card ui-stack" data-outbound-card={call.id} aria-busy={!isFailed}>
				{isFailed ? (
					<NotLoaded text={t("failed")} load={load} />
				) : (
					<p class="ui-hint" role="status">
						{t("loading")}
					</p>
				)}
			</div>
		);
	// While somebody is called, there is nobody else to call.
	const isOpen = call.campaign === "preview" && call.state === "connected" && !call.call;
	return (
		<section
			class="outbound-card ui-stack"
			data-outbound-card={call.id}
			aria-label={t("contact", { name: preview.campaign.name })}
		>
			<p class="outbound-campaign">{preview.campaign.name}</p>
			{isOpen && call.isUntouched && <Countdown workspace={workspace} preview={preview} />}
			{isOpen && <Numbers workspace={workspace} call={call} preview={preview} />}
			<Deeds workspace={workspace} call={call} preview={preview} reload={load} />
			<Columns preview={preview} />
			<Attempts workspace={workspace} preview={preview} />
		</section>
	);
}

function Columns({ preview: { columns } }: { preview: OutboundPreview }) {
	if (!columns) return <p class="ui-hint">{t("hidden")}</p>;
	if (columns.length === 0) return <p class="ui-hint">{t("noColumns")}</p>;
	return (
		<dl class="outbound-columns">
			{columns.map(({ name, value }) => (
				<div key={name}>
					<dt>{name}</dt>
					<dd>
						<bdi>{value}</bdi>
					</dd>
				</div>
			))}
		</dl>
	);
}
