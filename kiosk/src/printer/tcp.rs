//! A printer at a raw network port (usually 9100).

use std::io;
use std::net::{SocketAddr, TcpStream};
use std::os::fd::OwnedFd;
use std::time::Duration;

use super::transport::{EmptyRead, Transport};

pub(super) fn open(address: SocketAddr, patience: Duration) -> io::Result<Transport> {
    if patience.is_zero() {
        return Err(io::ErrorKind::TimedOut.into());
    }
    let stream = TcpStream::connect_timeout(&address, patience)?;
    stream.set_nonblocking(true)?;
    stream.set_nodelay(true)?;
    Ok(Transport::new(OwnedFd::from(stream), EmptyRead::HungUp))
}
