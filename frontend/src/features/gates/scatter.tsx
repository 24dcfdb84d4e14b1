import { useId } from "react";
import { figure } from "@/shared/lib/format";

interface Point {
  letter: string;
  label: string;
  x: number;
  y: number;
}

interface ScatterProps {
  points: readonly Point[];
  xLabel: string;
  yLabel: string;
}

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [360, 200, 48, 16, 16, 40];

/** A few designs as points; the first is the chosen one. The table beside it holds the same figures. */
export function Scatter({ points, xLabel, yLabel }: ScatterProps) {
  const id = useId();
  const [x, y] = [scale(points.map((point) => point.x), LEFT, WIDTH - RIGHT), scale(points.map((point) => point.y), HEIGHT - BOTTOM, TOP)];
  const told = points.map((point) => `${point.letter} ${point.label}: ${figure(point.x)} ${xLabel}, ${yLabel} ${figure(point.y)}`);
  return (
    <figure className="flex flex-col gap-1">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-labelledby={`${id}-title ${id}-text`} className="w-full max-w-md">
        <title id={`${id}-title`}>{`${xLabel} against ${yLabel}`}</title>
        <desc id={`${id}-text`}>{told.join(". ")}</desc>
        <path d={`M${LEFT} ${TOP}V${HEIGHT - BOTTOM}H${WIDTH - RIGHT}`} className="fill-transparent stroke-line-strong" />
        {x.ticks.map((tick) => (
          <text key={tick} x={x.at(tick)} y={HEIGHT - BOTTOM + 16} textAnchor="middle" className="fill-ink-soft text-xs tabular-nums">
            {short(tick)}
          </text>
        ))}
        {y.ticks.map((tick) => (
          <text key={tick} x={LEFT - 6} y={y.at(tick) + 4} textAnchor="end" className="fill-ink-soft text-xs tabular-nums">
            {short(tick)}
          </text>
        ))}
        {points.map((point, index) => (
          <g key={point.letter}>
            <circle
              cx={x.at(point.x)}
              cy={y.at(point.y)}
              r={index ? 5 : 7}
              className={index ? "fill-surface stroke-accent-ink stroke-2" : "fill-accent stroke-ink"}
            >
              <title>{told[index]}</title>
            </circle>
            <text x={x.at(point.x) + 10} y={y.at(point.y) - 6} className="fill-ink text-xs font-medium">
              {point.letter}
            </text>
          </g>
        ))}
      </svg>
      <figcaption className="text-xs text-ink-soft">{`Across: ${xLabel}. Up: ${yLabel}. Towards the lower left is better; A is this design.`}</figcaption>
    </figure>
  );
}

interface Scale {
  at: (value: number) => number;
  ticks: number[];
}

/** Places values between two edges with some air, and names both ends. */
function scale(values: readonly number[], from: number, to: number): Scale {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const air = (high - low || Math.abs(high) || 1) * 0.15;
  const [first, last] = [Math.max(0, low - air), high + air];
  const at = (value: number): number => from + ((value - first) / (last - first)) * (to - from);
  return { at, ticks: low === high ? [low] : [low, high] };
}

const short = (value: number): string => (value >= 10_000 ? `${figure(Math.round(value / 100) / 10)}k` : figure(Math.round(value)));
