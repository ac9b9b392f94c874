//! Replaces a file as a whole or not at all.
//!
//! The new content is written into a temporary file in the same folder and forced to the disk; then the old file gets
//! a second name as its backup, and the new one takes its place in one step of the file system. Whatever
//! fails, and wherever the power goes out, the file has either its old or its new content.

use std::ffi::OsString;
use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use super::input::FileStamp;

/// How many links may lead from one to the next.
const LINK_LIMIT: usize = 40;

/// The ending of the backup's name, behind the whole name of the file.
const BACKUP_ENDING: &str = ".bak";

/// Why a file could not be saved. The old file is as it was.
#[derive(Debug, thiserror::Error)]
#[error("{} was not saved: {}; {}", path.display(), describe(*.step, source), mend(*.step, source))]
pub struct SaveError {
    /// The file.
    pub path: PathBuf,
    /// What was being done.
    pub step: Step,
    /// What the system says.
    pub source: io::Error,
}

/// The steps of replacing a file, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Finding the file, through symbolic links.
    Find,
    /// Making a temporary file beside it.
    Create,
    /// Writing the content into the temporary file.
    Write,
    /// Forcing the content to the disk.
    Sync,
    /// Giving the temporary file the permissions of the old one.
    Permit,
    /// Keeping the old file as a backup.
    Backup,
    /// Putting the temporary file in the place of the old one.
    Rename,
    /// Forcing the folder to the disk. The new version stands there already: this fails no save.
    SyncFolder,
}

/// A file that was saved.
#[derive(Debug)]
pub struct Replaced {
    /// Its state.
    pub stamp: FileStamp,
    /// What was not confirmed.
    pub warning: Option<Unconfirmed>,
}

/// The disk did not confirm that a new version lasts: it is there, and a power cut might bring the old one back.
#[derive(Debug, thiserror::Error)]
#[error(
    "{} is saved, but the disk did not confirm it ({source}): save again before you switch off the computer",
    path.display()
)]
pub struct Unconfirmed {
    /// The file.
    pub path: PathBuf,
    /// What the system says.
    pub source: io::Error,
}

fn describe(step: Step, error: &io::Error) -> String {
    match (step, error.kind()) {
        (_, ErrorKind::StorageFull | ErrorKind::QuotaExceeded) => "the disk is full".to_owned(),
        (_, ErrorKind::ReadOnlyFilesystem) => "the disk can only be read".to_owned(),
        (Step::Find, ErrorKind::PermissionDenied) => "the file is write-protected".to_owned(),
        (_, ErrorKind::PermissionDenied) => "you are not allowed to write into its folder".to_owned(),
        (_, ErrorKind::NotFound) => "its folder does not exist".to_owned(),
        (_, ErrorKind::NotADirectory) => "what should be its folder is a file".to_owned(),
        (_, ErrorKind::IsADirectory) => "there is a folder of that name".to_owned(),
        (Step::Backup, _) => format!("the old version could not be kept as a backup ({error})"),
        (_, _) => error.to_string(),
    }
}

fn mend(step: Step, error: &io::Error) -> &'static str {
    match (step, error.kind()) {
        (_, ErrorKind::StorageFull | ErrorKind::QuotaExceeded) => {
            "the old version is untouched: make room and save again, or save it on another disk"
        }
        (Step::Find, ErrorKind::PermissionDenied) => {
            "remove the write protection, or save it under another name"
        }
        _ => "the old version is untouched: save it in another place",
    }
}

/// Puts `bytes` in the place of what stands at `path`, of which the last version is kept as `NAME.bak`.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<Replaced, SaveError> {
    replace_with(path, bytes, &|_| Ok(()))
}

/// As [`replace`]. `before` is asked before each step, and within writing once more after the first half; what it
/// refuses fails.
fn replace_with(
    path: &Path,
    bytes: &[u8],
    before: &dyn Fn(Step) -> io::Result<()>,
) -> Result<Replaced, SaveError> {
    let at = |step: Step| move |source: io::Error| SaveError { path: path.to_owned(), step, source };

    let (target, old) = before(Step::Find).and_then(|()| find(path)).map_err(at(Step::Find))?;
    let folder = match target.parent() {
        Some(folder) if folder != Path::new("") => folder.to_owned(),
        _ => PathBuf::from("."),
    };

    // Dropped on an error, which removes it.
    let mut temporary = before(Step::Create)
        .and_then(|()| create(&folder, &target, old.as_ref()))
        .map_err(at(Step::Create))?;
    write(temporary.as_file_mut(), bytes, before).map_err(at(Step::Write))?;
    before(Step::Sync).and_then(|()| temporary.as_file().sync_all()).map_err(at(Step::Sync))?;
    before(Step::Permit)
        .and_then(|()| old.as_ref().map_or(Ok(()), |old| permit(temporary.as_file(), old)))
        .map_err(at(Step::Permit))?;
    let metadata = temporary.as_file().metadata().map_err(at(Step::Permit))?;
    if let Some(old) = &old {
        before(Step::Backup).and_then(|()| keep(&folder, &target, old)).map_err(at(Step::Backup))?;
    }
    before(Step::Rename).map_err(at(Step::Rename))?;
    temporary.persist(&target).map_err(|failed| at(Step::Rename)(failed.error))?;

    // From here on it is saved.
    let confirmed = before(Step::SyncFolder).and_then(|()| sync_folder(&folder));
    let warning = confirmed.err().map(|source| Unconfirmed { path: path.to_owned(), source });
    if let Some(warning) = &warning {
        log::warn!("{warning}");
    }
    Ok(Replaced { stamp: FileStamp::new(&metadata, bytes), warning })
}

/// Where the last version of a file is kept.
pub(super) fn backup_of(target: &Path) -> PathBuf {
    let mut name = target.as_os_str().to_owned();
    name.push(BACKUP_ENDING);
    PathBuf::from(name)
}

/// The file itself, behind all symbolic links, and what is known of it if it exists.
fn find(path: &Path) -> io::Result<(PathBuf, Option<Metadata>)> {
    let mut target = path.to_owned();
    for _ in 0..LINK_LIMIT {
        match fs::symlink_metadata(&target) {
            Ok(found) if found.is_symlink() => {
                let link = fs::read_link(&target)?;
                // A relative link counts from its own folder.
                target = target.parent().unwrap_or(Path::new("")).join(link);
            }
            Ok(found) if found.is_dir() => return Err(ErrorKind::IsADirectory.into()),
            Ok(found) if !found.is_file() => {
                return Err(io::Error::new(ErrorKind::InvalidInput, "it is a pipe or a device, not a file"));
            }
            Ok(found) if found.permissions().readonly() => return Err(ErrorKind::PermissionDenied.into()),
            Ok(found) => return Ok((target, Some(found))),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok((target, None)),
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::new(ErrorKind::InvalidInput, "its symbolic links go round in a circle"))
}

/// A temporary file beside the target, hidden, and with a name that tells whose it was if it should ever be left over.
/// In the place of an `old` file it is open to nobody else until [`permit`] gives it what that one has.
fn create(folder: &Path, target: &Path, old: Option<&Metadata>) -> io::Result<NamedTempFile> {
    let mut prefix = OsString::from(".");
    prefix.push(target.file_name().unwrap_or_default());
    prefix.push(".");
    let mut builder = Builder::new();
    builder.prefix(&prefix).suffix(".tmp");
    // Without an old one as any new file, not as a secret one: the user's mask applies.
    #[cfg(unix)]
    let permissions = <fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(match old {
        Some(_) => 0o600,
        None => 0o666,
    });
    #[cfg(unix)]
    builder.permissions(permissions);
    #[cfg(not(unix))]
    let _ = old;
    builder.tempfile_in(folder)
}

fn write(file: &mut File, bytes: &[u8], before: &dyn Fn(Step) -> io::Result<()>) -> io::Result<()> {
    let (first, second) = bytes.split_at(bytes.len() / 2);
    before(Step::Write)?;
    file.write_all(first)?;
    before(Step::Write)?;
    file.write_all(second)
}

fn permit(file: &File, old: &Metadata) -> io::Result<()> {
    // The owner can only be kept by who is allowed to give files away; for all others it is their own file already.
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, fchown};
        let new = file.metadata()?;
        if (new.uid(), new.gid()) != (old.uid(), old.gid()) {
            let _ = fchown(file, Some(old.uid()), Some(old.gid()));
        }
    }
    file.set_permissions(old.permissions())
}

/// Keeps the old version under its backup name: as a second name of the same file where the file system has that,
/// as a copy otherwise. The backup, too, is put in its place in one step.
fn keep(folder: &Path, target: &Path, old: &Metadata) -> io::Result<()> {
    let backup = backup_of(target);
    let linked =
        Builder::new().prefix(".ascribe-").suffix(".tmp").make_in(folder, |path| fs::hard_link(target, path));
    let held = match linked {
        Ok(linked) => linked.into_temp_path(),
        Err(_) => copy(folder, target, &backup, old)?.into_temp_path(),
    };
    held.persist(&backup).map_err(|failed| failed.error)
}

/// A copy of the old version under a temporary name, with the same permissions.
fn copy(folder: &Path, target: &Path, backup: &Path, old: &Metadata) -> io::Result<NamedTempFile> {
    let mut copy = create(folder, backup, Some(old))?;
    io::copy(&mut File::open(target)?, copy.as_file_mut())?;
    permit(copy.as_file(), old)?;
    copy.as_file().sync_all()?;
    Ok(copy)
}

/// Makes the new name last. File systems that cannot do that for folders say so and are believed.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(not(unix)) {
        return Ok(());
    }
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        Err(error) if matches!(error.kind(), ErrorKind::Unsupported | ErrorKind::InvalidInput) => Ok(()),
        done => done,
    }
}

#[cfg(test)]
mod tests;
