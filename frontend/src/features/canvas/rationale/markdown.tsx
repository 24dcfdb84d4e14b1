import ReactMarkdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";
import { FileLink } from "../file-link";

/** Markdown of a run as plain elements: no markup of its own, no images, links only where they are safe to follow. */
export function Markdown({ text }: { text: string }) {
  return (
    <article className="flex max-w-prose flex-col gap-4 text-sm [&_li]:mb-1 [&_ol]:list-decimal [&_ol]:pl-6 [&_ul]:list-disc [&_ul]:pl-6">
      <ReactMarkdown remarkPlugins={[remarkGfm]} components={COMPONENTS}>
        {text}
      </ReactMarkdown>
    </article>
  );
}

const COMPONENTS: Components = {
  h1: ({ children }) => <h2 className="text-xl">{children}</h2>,
  h2: ({ children }) => <h3 className="mt-4 text-lg font-medium">{children}</h3>,
  h3: ({ children }) => <h4 className="mt-2 font-medium">{children}</h4>,
  h4: ({ children }) => <h5 className="font-medium">{children}</h5>,
  h5: ({ children }) => <h6 className="font-medium">{children}</h6>,
  // An image would tell its server who reads this; its words are enough.
  img: ({ alt }) => <span className="text-ink-soft">[{alt || "image"}]</span>,
  a: ({ href, children }) => {
    if (href && /^https?:\/\//i.test(href)) {
      return (
        <a href={href} target="_blank" rel="noreferrer noopener" className="break-words text-accent-ink underline underline-offset-2">
          {children}
        </a>
      );
    }
    const file = repositoryFile(href);
    return file ? <FileLink path={file} className="inline text-sm">{children}</FileLink> : <span>{children}</span>;
  },
  pre: ({ children }) => <pre tabIndex={0} className="overflow-x-auto rounded border border-line bg-sand p-3 text-xs">{children}</pre>,
  code: ({ children }) => <code className="rounded-sm bg-sand px-1 text-xs break-words">{children}</code>,
  blockquote: ({ children }) => <blockquote className="border-l-2 border-line-strong pl-4 text-ink-soft">{children}</blockquote>,
  table: ({ children }) => (
    <div role="region" aria-label="Table" tabIndex={0} className="overflow-x-auto rounded border border-line">
      <table className="w-full border-collapse [&_td]:border-t [&_td]:border-line [&_td]:px-3 [&_td]:py-2 [&_td]:align-top [&_th]:px-3 [&_th]:py-2 [&_th]:text-left">
        {children}
      </table>
    </div>
  ),
};

/** Links of the rationale start in `reports/`: `../docs/adr/0001.md` is a file of the repository. */
function repositoryFile(href: string | undefined): string | null {
  const found = /^\.\.\/([\w./-]+)$/.exec(href ?? "");
  return found?.[1] && !found[1].includes("..") ? found[1] : null;
}
