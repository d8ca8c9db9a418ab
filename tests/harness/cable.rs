//! The network cable of one device: bytes pass both ways until it is
//! pulled; then nothing passes and nobody is told, as with a real one.

use std::net::SocketAddr;

use anyhow::Context;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// Bytes that are on their way at once.
const CHUNK: usize = 16 * 1024;

/// A cable to a server; it is gone with the value.
#[derive(Debug)]
pub struct Cable {
    /// `http://127.0.0.1:…`, this end of it.
    pub address: String,
    plugged: watch::Sender<bool>,
    carries: JoinHandle<()>,
}

impl Cable {
    /// Lays one to a server's address, `http://host:port`.
    pub async fn lay(server: &str) -> anyhow::Result<Cable> {
        let far = server.trim_start_matches("http://").to_owned();
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0)))
            .await
            .context("cannot lay a cable")?;
        let address = format!("http://{}", listener.local_addr()?);
        let (plugged, state) = watch::channel(true);
        let carries = tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                drop(tokio::spawn(carry(near, far.clone(), state.clone())));
            }
        });
        Ok(Cable { address, plugged, carries })
    }

    /// Pulls it: whatever is under way stays silent.
    pub fn pull(&self) {
        self.plugged.send_replace(false);
    }

    /// Puts it back. Connections from before are dead.
    pub fn put_back(&self) {
        self.plugged.send_replace(true);
    }
}

impl Drop for Cable {
    fn drop(&mut self) {
        self.carries.abort();
    }
}

/// One connection, until it ends or the cable was pulled and is back.
async fn carry(mut near: TcpStream, far: String, mut plugged: watch::Receiver<bool>) {
    // What is sent while the cable is out may arrive when it is back.
    if !becomes(&mut plugged, true).await {
        return;
    }
    let Ok(mut far) = TcpStream::connect(far).await else { return };
    let (mut out, mut back) = (vec![0; CHUNK], vec![0; CHUNK]);
    loop {
        let passed = tokio::select! {
            biased;
            _ = becomes(&mut plugged, false) => break,
            read = near.read(&mut out) => pass(read, &out, &mut far).await,
            read = far.read(&mut back) => pass(read, &back, &mut near).await,
        };
        if !passed {
            return;
        }
    }
    // Both ends keep a connection that nothing comes through any more.
    becomes(&mut plugged, true).await;
}

/// Waits for the cable to be in or out; not if it is gone.
async fn becomes(plugged: &mut watch::Receiver<bool>, wanted: bool) -> bool {
    plugged.wait_for(|is| *is == wanted).await.is_ok()
}

async fn pass(read: std::io::Result<usize>, bytes: &[u8], to: &mut TcpStream) -> bool {
    match read {
        Ok(0) | Err(_) => false,
        Ok(count) => to.write_all(&bytes[..count]).await.is_ok(),
    }
}
