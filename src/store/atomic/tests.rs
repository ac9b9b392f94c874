use std::cell::RefCell;
use std::fs;

use super::*;

/// Those that can fail a save.
const STEPS: [Step; 8] = [
    Step::Find,
    Step::Create,
    Step::Write,
    // Once more, when half is written.
    Step::Write,
    Step::Sync,
    Step::Permit,
    Step::Backup,
    Step::Rename,
];

/// What stands in a folder, by name.
fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap_or_default()))
        .collect();
    files.sort();
    files
}

fn files(expect: &[(&str, &str)]) -> Vec<(String, Vec<u8>)> {
    expect.iter().map(|(name, content)| ((*name).to_owned(), content.as_bytes().to_vec())).collect()
}

fn folder_with(content: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.ron");
    put(&path, content);
    (folder, path)
}

#[expect(clippy::disallowed_methods, reason = "a test prepares what stands there before")]
fn put(path: &Path, content: &str) {
    fs::write(path, content).unwrap();
}

#[test]
fn the_old_version_becomes_the_backup() {
    let (folder, path) = folder_with("old");
    let stamp = replace(&path, b"new").unwrap().stamp;
    assert_eq!(contents(folder.path()), files(&[("case.ron", "new"), ("case.ron.bak", "old")]));
    assert!(stamp.is_current(&path).unwrap());
    replace(&path, b"newer").unwrap();
    assert_eq!(contents(folder.path()), files(&[("case.ron", "newer"), ("case.ron.bak", "new")]));
    assert!(!stamp.is_current(&path).unwrap());
}

#[test]
fn a_new_file_has_no_backup() {
    let folder = tempfile::tempdir().unwrap();
    replace(&folder.path().join("case.ron"), b"new").unwrap();
    assert_eq!(contents(folder.path()), files(&[("case.ron", "new")]));
}

/// Whatever fails, the file has its old content, and nothing is left over.
#[test]
fn every_step_can_fail_without_loss() {
    for fails_at in 0..STEPS.len() {
        let (folder, path) = folder_with("old");
        let asked = RefCell::new(Vec::new());
        let error = replace_with(&path, b"new content", &|step| {
            asked.borrow_mut().push(step);
            match asked.borrow().len() > fails_at {
                true => Err(ErrorKind::StorageFull.into()),
                false => Ok(()),
            }
        })
        .unwrap_err();
        assert_eq!(asked.into_inner(), STEPS[..=fails_at], "the steps, in order");
        assert_eq!(error.step, STEPS[fails_at]);
        assert!(error.to_string().contains("the disk is full"), "{error}");
        let expect = match error.step {
            Step::Rename => files(&[("case.ron", "old"), ("case.ron.bak", "old")]),
            _ => files(&[("case.ron", "old")]),
        };
        assert_eq!(contents(folder.path()), expect, "failing at {:?}", error.step);
    }
}

#[test]
fn what_the_disk_did_not_confirm_is_saved_all_the_same() {
    let (folder, path) = folder_with("old");
    let refuse = |step| if step == Step::SyncFolder { Err(ErrorKind::Other.into()) } else { Ok(()) };
    let Replaced { stamp, warning } = replace_with(&path, b"new", &refuse).unwrap();
    assert_eq!(contents(folder.path()), files(&[("case.ron", "new"), ("case.ron.bak", "old")]));
    assert!(stamp.is_current(&path).unwrap(), "the next save meets no question");
    assert!(warning.unwrap().to_string().contains("save again"));
    assert!(replace(&path, b"newer").unwrap().warning.is_none());
}

#[test]
fn errors_say_what_to_do() {
    let check = |step: Step, kind: ErrorKind, expect: &[&str]| {
        let (_folder, path) = folder_with("old");
        let error = replace_with(&path, b"new", &|at| if at == step { Err(kind.into()) } else { Ok(()) })
            .unwrap_err();
        let message = error.to_string();
        assert!(expect.iter().all(|part| message.contains(part)), "{message}");
        assert_eq!(fs::read(&path).unwrap(), b"old");
    };
    check(
        Step::Create,
        ErrorKind::PermissionDenied,
        &["not allowed to write into its folder", "another place"],
    );
    check(Step::Create, ErrorKind::ReadOnlyFilesystem, &["can only be read", "another place"]);
    check(Step::Create, ErrorKind::NotFound, &["its folder does not exist"]);
    check(Step::Write, ErrorKind::StorageFull, &["the disk is full", "make room"]);
    check(Step::Find, ErrorKind::PermissionDenied, &["write-protected", "another name"]);
    check(Step::Backup, ErrorKind::Other, &["as a backup"]);
}

#[test]
fn what_is_no_file_is_not_replaced() {
    let (folder, path) = folder_with("old");
    let check = |path: &Path, expect: &str| {
        let message = replace(path, b"new").unwrap_err().to_string();
        assert!(message.contains(expect), "{message}");
    };
    check(folder.path(), "there is a folder of that name");
    check(&folder.path().join("nowhere/case.ron"), "its folder does not exist");
    check(&path.join("case.ron"), "what should be its folder is a file");
    assert_eq!(contents(folder.path()), files(&[("case.ron", "old")]));
}

#[test]
fn a_write_protected_file_stays() {
    let (folder, path) = folder_with("old");
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    let message = replace(&path, b"new").unwrap_err().to_string();
    assert!(message.contains("write-protected"), "{message}");
    assert_eq!(contents(folder.path()), files(&[("case.ron", "old")]));
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn permissions_are_kept() {
        let (_folder, path) = folder_with("old");
        for mode in [0o600, 0o640, 0o664] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            replace(&path, b"new").unwrap();
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, mode);
        }
    }

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn a_private_file_is_never_open_to_others() {
        let (folder, path) = folder_with("old");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        replace_with(&path, b"new", &|_| {
            for entry in fs::read_dir(folder.path()).unwrap() {
                let path = entry.unwrap().path();
                assert_eq!(mode(&path), 0o600, "{}", path.display());
            }
            Ok(())
        })
        .unwrap();
        assert_eq!(mode(&backup_of(&path)), 0o600);
    }

    #[test]
    fn a_backup_that_is_a_copy_has_the_permissions_of_the_file() {
        let (folder, path) = folder_with("old");
        for wanted in [0o600, 0o640, 0o664] {
            fs::set_permissions(&path, fs::Permissions::from_mode(wanted)).unwrap();
            let old = fs::metadata(&path).unwrap();
            let copy = copy(folder.path(), &path, &backup_of(&path), &old).unwrap();
            assert_eq!((mode(copy.path()), fs::read(copy.path()).unwrap()), (wanted, b"old".to_vec()));
        }
    }

    #[test]
    fn links_are_followed_and_stay() {
        let (folder, path) = folder_with("old");
        let elsewhere = tempfile::tempdir().unwrap();
        let first = elsewhere.path().join("first.ron");
        symlink(&path, &first).unwrap();
        symlink("first.ron", elsewhere.path().join("second.ron")).unwrap();
        replace(&elsewhere.path().join("second.ron"), b"new").unwrap();
        assert_eq!(contents(folder.path()), files(&[("case.ron", "new"), ("case.ron.bak", "old")]));
        assert!(fs::symlink_metadata(&first).unwrap().is_symlink());

        let circle = elsewhere.path().join("circle.ron");
        symlink("circle.ron", &circle).unwrap();
        assert!(replace(&circle, b"new").unwrap_err().to_string().contains("in a circle"));

        let dangling = elsewhere.path().join("dangling.ron");
        symlink(folder.path().join("other.ron"), &dangling).unwrap();
        replace(&dangling, b"other").unwrap();
        assert_eq!(fs::read(folder.path().join("other.ron")).unwrap(), b"other");
    }
}
