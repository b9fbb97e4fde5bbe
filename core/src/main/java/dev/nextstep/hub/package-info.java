/**
 * Fetches model repositories from a Hugging Face hub into the cache that the hub's other clients share.
 *
 * <p>The protocol, as far as this room speaks it ({@code E} is the endpoint, all requests carry the token if there is
 * one):
 *
 * <ol>
 *   <li>{@code GET E/api/models/org/model/revision/rev} names the commit ({@code sha}) a branch or tag stands for. All
 *       further requests use the commit, so that a push in between cannot mix two versions.
 *   <li>{@code GET E/api/models/org/model/tree/commit?recursive=true} lists the files: {@code path}, {@code size},
 *       {@code oid} (the SHA-1 of the git blob, that is of {@code "blob <size>\0"} and the content) and for large files
 *       {@code lfs.oid} (the SHA-256 of the content). A page ends with {@code Link: <…cursor=…>; rel="next"} if there
 *       is another.
 *   <li>{@code HEAD E/org/model/resolve/commit/path} gives the {@code ETag} that names the blob in the cache. A large
 *       file is answered by a redirect to a content network; then {@code X-Linked-Etag} and {@code X-Linked-Size} speak
 *       of the file, while {@code ETag} speaks of the redirect. {@code X-Repo-Commit} names the commit. A renamed
 *       repository is answered by a redirect without {@code X-Linked-Etag}, which is followed.
 *   <li>{@code GET} of the same address fetches the bytes; redirects are followed by hand, because the token must never
 *       reach another host. The redirect is asked for anew at each attempt: signed addresses expire.
 * </ol>
 *
 * Refusals carry {@code X-Error-Code} ({@code RepoNotFound}, {@code RevisionNotFound}, {@code EntryNotFound},
 * {@code GatedRepo}) and {@code X-Error-Message}. A repository that the caller may not see is answered with 401, as is
 * one that does not exist.
 *
 * <p>The cache:
 *
 * <pre>
 * models--org--model/blobs/&lt;etag&gt;                  the content; &lt;etag&gt;.incomplete while it comes
 * models--org--model/snapshots/&lt;commit&gt;/&lt;path&gt;     relative symbolic link to the blob
 * models--org--model/refs/&lt;revision&gt;               text: the commit
 * .locks/models--org--model/&lt;etag&gt;.lock            held while the blob is written
 * </pre>
 *
 * A blob appears by a rename after its length and checksum were verified. A ref is written after all files of the pull
 * are there, so an interrupted pull leaves the old version in use. Where links are not possible, files are hard links or
 * copies, which other clients accept as well. The lock is one of POSIX records ({@code fcntl}) on Unix; the Python
 * client takes {@code flock}, which does not exclude it. Nothing breaks by that: current versions of it write to a file
 * name of their own and rename, and whatever an older one leaves in {@code .incomplete} is verified here before use.
 *
 * <p>Sources: the hub's documentation of its API and of the local cache, and the observable behaviour of
 * {@code huggingface_hub} 2.4.
 */
@NullMarked
package dev.nextstep.hub;

import org.jspecify.annotations.NullMarked;
