import "./outbound.css";
import type { OutboundPreview } from "@inlay/contract";
import { Button, locale } from "@inlay/ui";
import { useEffect, useState } from "preact/hooks";
import { isOver, type LiveInteraction } from "../../session/interaction.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { clockIn, leftUntil } from "./countdown.ts";
import { outboundTexts, t } from "./strings.ts";

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
				<p class="ui-hint" role="status">
					{t(isFailed ? "failed" : "loading")}
				</p>
				{isFailed && (
					<Button size="small" onClick={load}>
						{t("retry")}
					</Button>
				)}
			</div>
		);
	const isOpen = call.campaign === "preview" && call.state === "connected";
	return (
		<section
			class="outbound-card ui-stack"
			data-outbound-card={call.id}
			aria-label={t("contact", { name: preview.campaign.name })}
		>
			<p class="outbound-campaign">{preview.campaign.name}</p>
			<Columns preview={preview} />
			{isOpen && <Countdown workspace={workspace} preview={preview} />}
			{isOpen && <Numbers workspace={workspace} call={call} preview={preview} />}
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

function Countdown({ workspace, preview }: { workspace: Workspace; preview: OutboundPreview }) {
	const now = useNow();
	const [first] = preview.numbers;
	if (!preview.callsAt || !first) return null;
	const time = leftUntil(preview.callsAt, now);
	return (
		<p class="outbound-countdown" role="timer" data-outbound-countdown={time}>
			{t("callsIn", { number: workspace.numbers.show(first.number), time })}
		</p>
	);
}

function Numbers({ workspace, call, preview }: Props & { preview: OutboundPreview }) {
	const now = useNow();
	const busy = workspace.busy.value.has(`call-back.${call.id}`);
	const calling = () => call.call !== undefined;
	return (
		<ul class="outbound-numbers">
			{preview.numbers.map(({ number, type, zone }) => (
				<li key={number}>
					<Button
						kind="good"
						icon="phone"
						data-outbound-call={number}
						busy={busy}
						disabled={calling()}
						onClick={() => void attempt(workspace, call, () => workspace.session.actions.callBack(call, number))}
					>
						{t("call", { number: workspace.numbers.show(number) })}
					</Button>
					<span class="ui-hint">
						{[type, t("theirTime", { time: clockIn(zone, now, locale.value) })].filter(Boolean).join(" · ")}
					</span>
				</li>
			))}
			{preview.skipEnabled && preview.attempts.every((one) => one.result !== undefined) && !calling() && (
				<li>
					<Button
						data-outbound-skip
						onClick={() => void attempt(workspace, call, () => workspace.session.actions.hangUp(call))}
					>
						{t("skip")}
					</Button>
				</li>
			)}
		</ul>
	);
}

/** What the server refuses is said in the panel's words. */
function attempt(workspace: Workspace, call: LiveInteraction, work: () => Promise<void>): Promise<unknown> {
	return workspace.attempt(`call-back.${call.id}`, async () => {
		try {
			await work();
		} catch (error) {
			const code = (error as { code?: string }).code ?? "";
			if (!Object.hasOwn(outboundTexts.en, code)) throw error;
			workspace.toasts.show({ tone: "bad", text: t(code as "outbound.dnc") }, 8000);
		}
	});
}

const said = ["talked", "busy", "noAnswer", "machine", "refused", "unknownNumber", "abandoned"] as const;

function Attempts({ workspace, preview: { attempts } }: { workspace: Workspace; preview: OutboundPreview }) {
	const over = attempts.filter((one) => one.result !== undefined);
	if (over.length === 0) return null;
	const time = new Intl.DateTimeFormat(locale.value, { dateStyle: "short", timeStyle: "short" });
	return (
		<ol class="outbound-attempts" aria-label={t("attempts")}>
			{over.map(({ at, number, result }) => {
				const known = said.find((one) => one === result);
				return (
					<li key={at}>
						{time.format(Date.parse(at))} <bdi>{workspace.numbers.show(number)}</bdi> ·{" "}
						{t(known ? `code_${known}` : "code_other")}
					</li>
				);
			})}
		</ol>
	);
}

/** The time, anew each second. */
function useNow(): number {
	const [now, setNow] = useState(() => Date.now());
	useEffect(() => {
		const timer = setInterval(() => setNow(Date.now()), 500);
		return () => clearInterval(timer);
	}, []);
	return now;
}

/** What the server shows of it; anew when a call begins or ends, and when what the agent may see is another. */
function usePreview(workspace: Workspace, { id, state, call }: LiveInteraction) {
	const { session } = workspace;
	const [preview, setPreview] = useState<OutboundPreview>();
	const [isFailed, setFailed] = useState(false);
	const [wanted, setWanted] = useState(0);
	const mayView = workspace.can("outbound:contact:view");
	useEffect(() => {
		let isWanted = true;
		setFailed(false);
		session.api.get<OutboundPreview>(`/inlay/outbound/interactions/${id}`).then(
			(found) => isWanted && setPreview(found),
			() => isWanted && setFailed(true),
		);
		return () => {
			isWanted = false;
		};
	}, [id, state, call?.state, mayView, wanted]);
	return { preview, isFailed, load: () => setWanted(wanted + 1) };
}
